-- Lets a lease begin anew.
--
-- KEYS[1]  the stream
-- ARGV[1]  the consumer group
-- ARGV[2]  the consumer
-- ARGV[3]  the entry's id
-- Returns  1 if the consumer held it, 0 if not, and nothing was changed

if not is_held(KEYS[1], ARGV[1], ARGV[2], ARGV[3]) then
  return 0
end
write('XCLAIM', KEYS[1], ARGV[1], ARGV[2], 0, ARGV[3], 'JUSTID')
return 1
