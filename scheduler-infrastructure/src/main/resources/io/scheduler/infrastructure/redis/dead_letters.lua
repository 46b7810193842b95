-- Lists dead letters.
--
-- KEYS[1]  the dead letters
-- ARGV[1]  the id after which to begin; empty: at the first
-- ARGV[2]  how many at most
-- Returns  { { id, { name, value, … } }, … }; fewer than asked for, but one at least, if they are large

local MAX_BYTES = 4 * 1024 * 1024

local letters, bytes = {}, 0
local from = ARGV[1] == '' and '-' or '(' .. ARGV[1]
while #letters < tonumber(ARGV[2]) and bytes < MAX_BYTES do
  local letter = redis.call('XRANGE', KEYS[1], from, '+', 'COUNT', 1)[1]
  if not letter then
    break
  end
  letters[#letters + 1] = letter
  for i = 2, #letter[2], 2 do
    bytes = bytes + #letter[2][i]
  end
  from = '(' .. letter[1]
end
return letters
