-- What publish.lua begins with: whatever a plain message that comes alone needs, and nothing else. More than a quarter of
-- what Redis would spend on it otherwise goes into functions, tables and looks. All others go on in publish.lua, whose head
-- describes keys, arguments and fields.

local NEIGHBOURS = ' '

local call = redis.call
local time = call('TIME')
local slot = math.floor((time[1] * 1000 + time[2] / 1000) / ARGV[2])
local current = KEYS[3 + slot % 4]

if #ARGV == 7 and #ARGV[5] == 1 then
  local stem, ending = ARGV[4], ARGV[5]
  local found = call('HMGET', current, NEIGHBOURS, stem)
  local neighbours, known = found[1], found[2] or ''
  local seen = known
  if neighbours == '1' then
    seen = known .. (call('HGET', KEYS[3 + (slot + 3) % 4], stem) or '')
  end
  if (neighbours == '0' or neighbours == '1') and not string.find(seen, ending, 1, true) then
    call('HSET', current, stem, known .. ending)
    local answer = redis.pcall(
      'XADD', KEYS[1], '*', 'message_id', stem .. ending, 'data', ARGV[6], 'timestamp', ARGV[7], 'retry_count', '0')
    if type(answer) == 'table' then
      call('HSET', current, stem, known)
      error(answer.err)
    end
    return 1
  end
end
