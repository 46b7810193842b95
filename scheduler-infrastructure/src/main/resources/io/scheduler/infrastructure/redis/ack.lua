-- Acknowledges deliveries: their entries leave the stream.
--
-- KEYS[1]  the stream
-- ARGV[1]  the consumer group
-- ARGV[2]  the consumer
-- ARGV[3..] the entries' ids, ascending
-- Returns  the ids that the consumer does not hold any more, for which nothing was changed

local stream, group, consumer = KEYS[1], ARGV[1], ARGV[2]
local first, last, count = 3, #ARGV, #ARGV - 2

-- One look at what the consumer holds in this range; XACK itself would not ask who the owner is.
local limit = count * 2
local pending = held_by(stream, group, consumer, ARGV[first], ARGV[last], limit)

-- Nearly always it holds these and no others.
local exactly = #pending == count
for i = 1, exactly and count or 0 do
  if pending[i][1] ~= ARGV[first + i - 1] then
    exactly = false
    break
  end
end
if exactly then
  write('XACK', stream, group, unpack(ARGV, first, last))
  write('XDEL', stream, unpack(ARGV, first, last))
  return {}
end

local held = {}
for _, entry in ipairs(pending) do
  held[entry[1]] = true
end

local done, stale = {}, {}
for i = first, last do
  local id = ARGV[i]
  if held[id] or (#pending == limit and is_held(stream, group, consumer, id)) then
    done[#done + 1] = id
  else
    stale[#stale + 1] = id
  end
end
if #done > 0 then
  write('XACK', stream, group, unpack(done))
  write('XDEL', stream, unpack(done))
end
return stale
