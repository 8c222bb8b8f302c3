-- Nobody: the planner, who reads none of this.
SELECT m.message_id, m.payload ->> 'ключ' AS key,

  ${columns}
FROM message m
-- Why :this and "that" do no harm.
WHERE m.message_id = :message::uuid AND ${condition}
