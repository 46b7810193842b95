-- Asks the server how it is.
--
-- Returns  { PING's answer, INFO's text, or an empty one where INFO is not permitted }

local info = redis.pcall('INFO')
if type(info) == 'table' then
  info = ''
end
return { redis.call('PING').ok, info }
