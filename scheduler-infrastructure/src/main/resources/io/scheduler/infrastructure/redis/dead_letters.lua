-- Lists dead letters.
--
-- KEYS[1]  the dead letters
-- ARGV[1]  the id after which to begin; empty: at the first
-- ARGV[2]  how many at most
-- Returns  { { id, { name, value, … } }, … }

local from = ARGV[1] == '' and '-' or '(' .. ARGV[1]
return redis.call('XRANGE', KEYS[1], from, '+', 'COUNT', ARGV[2])
