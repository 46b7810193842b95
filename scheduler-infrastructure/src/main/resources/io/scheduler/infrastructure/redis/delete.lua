-- Deletes a queue with all its keys.
--
-- KEYS[1]   the stream
-- KEYS[2..] its other keys
-- Returns   1 if there was a stream, 0 if not

local existed = redis.call('EXISTS', KEYS[1])
if existed == 1 then
  redis.call('XLEN', KEYS[1]) -- a key of another type is somebody else's: WRONGTYPE, and nothing is deleted
end
write('UNLINK', unpack(KEYS))
return existed
