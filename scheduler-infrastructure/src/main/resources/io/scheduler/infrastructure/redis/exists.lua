-- Tells a stream from a missing key; a key of another type is an error (WRONGTYPE).
--
-- KEYS[1]  the stream
-- Returns  1 if there is a stream, 0 if there is no such key

if redis.call('EXISTS', KEYS[1]) == 0 then
  return 0
end
redis.call('XLEN', KEYS[1])
return 1
