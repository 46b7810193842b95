-- Puts dead letters back at the end of their queue, as they were before their first attempt.
--
-- KEYS[1]  the dead letters
-- KEYS[2]  the stream
-- ARGV[1]  'first': those that died first; 'these': certain ones
-- ARGV[2]  with 'first': how many at most; with 'these': the first id
-- ARGV[3]  with 'first': the last id to take, empty: the one that is last now; with 'these': the second id, and so on
-- Returns  { how many were put back, the last id to take }

local dead, stream = KEYS[1], KEYS[2]
local letters, last = {}, ''
redis.call('XLEN', stream)
if ARGV[1] == 'first' then
  last = ARGV[3]
  if last == '' then
    local newest = redis.call('XREVRANGE', dead, '+', '-', 'COUNT', 1)[1]
    if not newest then
      return { 0, '0-0' }
    end
    last = newest[1]
  end
  letters = redis.call('XRANGE', dead, '-', last, 'COUNT', ARGV[2])
else
  for i = 2, #ARGV do
    local letter = redis.call('XRANGE', dead, ARGV[i], ARGV[i])[1]
    letters[#letters + 1] = letter
  end
end

for _, letter in ipairs(letters) do
  local fields = {}
  for i = 1, #letter[2] - 6, 2 do -- the last three pairs tell of its death
    if letter[2][i] ~= 'attempts' then
      fields[#fields + 1] = letter[2][i]
      fields[#fields + 1] = letter[2][i + 1]
    end
  end
  write('XADD', stream, '*', unpack(fields))
  write('XDEL', dead, letter[1])
end
return { #letters, last }
