-- Acknowledges deliveries: their entries leave the stream.
--
-- KEYS[1]  the stream
-- ARGV[1]  the consumer group
-- ARGV[2]  the consumer
-- ARGV[3..] runs: how many ids follow, and these, ascending, each once; all of a run came with one read
-- Returns  the ids that the consumer does not hold any more, for which nothing was changed
--
-- XACK does not ask who the owner is, and to ask for that of each entry costs more than all the rest. A read takes all
-- entries from its first to its last, and one that changes hands leaves for another id. So if the consumer holds the
-- oldest and the newest of a run, then nobody else holds one in between; and what it does not hold itself any more has
-- left the stream.

local stream, group, consumer = KEYS[1], ARGV[1], ARGV[2]
local held, stale = {}, {}

local function ack_together(first, last)
  if write('XACK', stream, group, unpack(ARGV, first, last)) == last - first + 1 then
    write('XDEL', stream, unpack(ARGV, first, last))
    return
  end
  for i = first, last do
    if write('XDEL', stream, ARGV[i]) == 0 then
      stale[#stale + 1] = ARGV[i]
    end
  end
end

local first = 4
while first <= #ARGV do
  local last = first + ARGV[first - 1] - 1
  if last - first > 1 and is_held(stream, group, consumer, ARGV[first])
    and is_held(stream, group, consumer, ARGV[last]) then
    ack_together(first, last)
  else
    for i = first, last do
      local id = ARGV[i]
      local to = is_held(stream, group, consumer, id) and held or stale
      to[#to + 1] = id
    end
  end
  first = last + 2
end
if #held > 0 then
  write('XACK', stream, group, unpack(held))
  write('XDEL', stream, unpack(held))
end
return stale
