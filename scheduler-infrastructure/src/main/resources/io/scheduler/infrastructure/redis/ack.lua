-- Acknowledges deliveries: their entries leave the stream.
--
-- KEYS[1]  the stream
-- ARGV[1]  the consumer group
-- ARGV[2]  the consumer
-- ARGV[3..] the entries' ids, ascending, each once
-- Returns  the ids that the consumer does not hold any more, for which nothing was changed
--
-- XACK does not ask who the owner is, and to ask for that of each entry costs more than all the rest. A group hands its
-- entries out in order, and one that changes hands leaves for another id. So if the consumer holds the oldest and the
-- newest, then nobody else holds one in between; and what it does not hold itself any more has left the stream.

local stream, group, consumer = KEYS[1], ARGV[1], ARGV[2]
local first, last = 3, #ARGV

if is_held(stream, group, consumer, ARGV[first])
  and (first == last or is_held(stream, group, consumer, ARGV[last])) then
  local stale = {}
  if write('XACK', stream, group, unpack(ARGV, first, last)) == last - first + 1 then
    write('XDEL', stream, unpack(ARGV, first, last))
  else
    for i = first, last do
      if write('XDEL', stream, ARGV[i]) == 0 then
        stale[#stale + 1] = ARGV[i]
      end
    end
  end
  return stale
end

local done, stale = {}, {}
for i = first, last do
  local id = ARGV[i]
  local to = is_held(stream, group, consumer, id) and done or stale
  to[#to + 1] = id
end
if #done > 0 then
  write('XACK', stream, group, unpack(done))
  write('XDEL', stream, unpack(done))
end
return stale
