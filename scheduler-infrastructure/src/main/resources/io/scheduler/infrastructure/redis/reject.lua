-- Gives a message up.
--
-- KEYS[1]  the stream
-- KEYS[2]  the dead letters
-- ARGV[1]  the consumer group
-- ARGV[2]  the consumer
-- ARGV[3]  the entry's id
-- ARGV[4]  the reason
-- Returns  1 if the consumer held it, 0 if not, and nothing was changed

local stream, dead, group, id = KEYS[1], KEYS[2], ARGV[1], ARGV[3]
if not is_held(stream, group, ARGV[2], id) then
  return 0
end
prepare_to_move(stream, group, dead)
local fields = read_entry(stream, id)
if fields then
  bury(dead, fields, ARGV[4], number_in(fields, 'attempts') + 1)
end
leave(stream, group, id)
return fields and 1 or 0
