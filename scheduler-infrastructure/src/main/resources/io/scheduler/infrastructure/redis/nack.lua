-- Hands a message back, to be delivered again, or gives it up after its last attempt.
--
-- KEYS[1]  the stream
-- KEYS[2]  the delayed set
-- KEYS[3]  the dead letters
-- ARGV[1]  the consumer group
-- ARGV[2]  the consumer
-- ARGV[3]  the entry's id
-- ARGV[4]  the delay in milliseconds
-- ARGV[5]  how many attempts a message has
-- Returns  1 if the consumer held it, 0 if not, and nothing was changed

local stream, delayed, dead, group, id = KEYS[1], KEYS[2], KEYS[3], ARGV[1], ARGV[3]
if not is_held(stream, group, ARGV[2], id) then
  return 0
end
prepare_to_move(stream, group, dead)
local fields = read_entry(stream, id)
if fields then
  local attempts = number_in(fields, 'attempts') + 1
  if attempts >= tonumber(ARGV[5]) then
    bury(dead, fields, 'Handed back at the last of ' .. attempts .. ' attempts', attempts)
  elseif #fields > MAX_VALUES then
    bury(dead, fields, 'Unreadable: it has too many fields', attempts)
  else
    put(fields, 'retry_count', number_in(fields, 'retry_count') + 1)
    put(fields, 'attempts', attempts)
    if tonumber(ARGV[4]) > 0 then
      table.insert(fields, 1, id) -- keeps the member unique
      write('ZADD', delayed, now_in_millis() + ARGV[4], cjson.encode(fields))
    else
      write('XADD', stream, '*', unpack(fields))
    end
  end
end
leave(stream, group, id)
return fields and 1 or 0
