-- Creates a queue: an empty stream with its consumer group, which begins at the first entry.
--
-- KEYS[1]  the stream
-- ARGV[1]  the consumer group
-- Returns  1 if the stream is new, 0 if there was one

local existed = redis.call('EXISTS', KEYS[1])
local created = redis.pcall('XGROUP', 'CREATE', KEYS[1], ARGV[1], '0', 'MKSTREAM')
if created.err and not string.find(created.err, 'BUSYGROUP', 1, true) then
  return created
end
return 1 - existed
