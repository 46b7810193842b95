-- Removes all dead letters.
--
-- KEYS[1]  the dead letters
-- Returns  how many there were

local removed = redis.call('XLEN', KEYS[1])
write('UNLINK', KEYS[1])
return removed
