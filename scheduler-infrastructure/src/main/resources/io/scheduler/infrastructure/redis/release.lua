-- Hands a message back as if it had never been handed out: nothing is counted.
--
-- KEYS[1]  the stream
-- KEYS[2]  the dead letters
-- ARGV[1]  the consumer group
-- ARGV[2]  the consumer
-- ARGV[3]  the entry's id
-- Returns  1 if the consumer held it, 0 if not, and nothing was changed

local stream, dead, group, id = KEYS[1], KEYS[2], ARGV[1], ARGV[3]
if not is_held(stream, group, ARGV[2], id) then
  return 0
end
prepare_to_move(stream, group, dead)
local fields = read_entry(stream, id)
if fields then
  if #fields > MAX_VALUES then
    bury(dead, fields, 'Unreadable: it has too many fields', number_in(fields, 'attempts') + 1)
  else
    write('XADD', stream, '*', unpack(fields))
  end
end
leave(stream, group, id)
return fields and 1 or 0
