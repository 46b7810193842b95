-- Removes all messages of a queue and keeps the queue, its group and the ids that it has seen.
--
-- KEYS[1]  the stream
-- KEYS[2]  the delayed set
-- ARGV[1]  the consumer group
-- Returns  how many messages were removed
--
-- The stream is replaced, not trimmed: streams that saw both XDEL and XTRIM have been refused by newer servers.
-- The new one goes on with the old one's ids, so an entry id never stands for two messages.

require_permission('UNLINK', KEYS[1])
require_permission('XGROUP', 'CREATE', KEYS[1], ARGV[1], '0', 'MKSTREAM')
require_permission('XSETID', KEYS[1], '0-1')
local removed = redis.call('XLEN', KEYS[1]) + redis.call('ZCARD', KEYS[2])
if redis.call('EXISTS', KEYS[1]) == 1 then
  local info = redis.call('XINFO', 'STREAM', KEYS[1])
  local last = '0-0'
  for i = 1, #info, 2 do
    if info[i] == 'last-generated-id' then
      last = info[i + 1]
    end
  end
  write('UNLINK', KEYS[1])
  write('XGROUP', 'CREATE', KEYS[1], ARGV[1], '0', 'MKSTREAM')
  if last ~= '0-0' then
    write('XSETID', KEYS[1], last)
  end
end
write('UNLINK', KEYS[2])
return removed
