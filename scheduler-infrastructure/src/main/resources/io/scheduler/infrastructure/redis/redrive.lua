-- Puts dead letters back at the end of their queue, as they were before their first attempt.
--
-- KEYS[1]  the dead letters
-- KEYS[2]  the stream
-- ARGV[1]  'first': those that died first; 'these': certain ones
-- ARGV[2]  with 'first': how many at most; with 'these': the first id
-- ARGV[3]  with 'first': the last id to take, empty: the one that is last now; with 'these': the second id, and so on
-- Returns  { how many were put back, the last id to take, 1 if there may be more to take }
--
-- Letters are moved one by one, and no more than some megabytes in one go, so that nobody else waits for long.

local MAX_BYTES = 4 * 1024 * 1024
local TRAILER = 6

local dead, stream = KEYS[1], KEYS[2]
redis.call('XLEN', stream)
require_permission('XADD', stream, '*', 'f', 'v')
require_permission('XDEL', dead, '0-0')
redis.call('XDEL', dead, '0-0') -- a write that frees: what follows is not refused when memory is full

local bytes = 0

-- The entry as it was; without what tells of its death, and of its attempts unless that is all there is.
local function put_back(letter)
  local values = letter[2]
  local last = #values
  if last >= TRAILER and values[last - 5] == 'dead_reason' then
    last = last - TRAILER
  end
  local fields = {}
  for i = 1, last, 2 do
    bytes = bytes + #values[i + 1]
    if values[i] ~= 'attempts' then
      fields[#fields + 1] = values[i]
      fields[#fields + 1] = values[i + 1]
    end
  end
  write('XADD', stream, '*', unpack(#fields > 0 and fields or values))
  write('XDEL', dead, letter[1])
end

local moved = 0
if ARGV[1] == 'these' then
  for i = 2, #ARGV do
    local letter = redis.call('XRANGE', dead, ARGV[i], ARGV[i])[1]
    if letter then
      put_back(letter)
      moved = moved + 1
    end
  end
  return { moved, '0-0', 0 }
end

local last = ARGV[3]
if last == '' then
  local newest = redis.call('XREVRANGE', dead, '+', '-', 'COUNT', 1)[1]
  if not newest then
    return { 0, '0-0', 0 }
  end
  last = newest[1]
end
local max = tonumber(ARGV[2])
while moved < max and bytes < MAX_BYTES do
  local letter = redis.call('XRANGE', dead, '-', last, 'COUNT', 1)[1]
  if not letter then
    return { moved, last, 0 }
  end
  put_back(letter)
  moved = moved + 1
end
return { moved, last, 1 }
