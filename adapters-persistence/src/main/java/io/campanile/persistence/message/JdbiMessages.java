package io.campanile.persistence.message;

import io.campanile.application.message.port.MessageEvent;
import io.campanile.application.message.port.MessageQuery;
import io.campanile.application.message.port.MessageView;
import io.campanile.application.message.port.Messages;
import io.campanile.domain.campaign.CampaignName;
import io.campanile.domain.eligibility.DecisionRecord;
import io.campanile.domain.message.ExecutionId;
import io.campanile.domain.message.MessageId;
import io.campanile.domain.message.MessageState;
import io.campanile.domain.message.ProviderReply;
import io.campanile.domain.profile.Identity;
import io.campanile.domain.workspace.WorkspaceId;
import io.campanile.persistence.SqlArrays;
import io.campanile.persistence.SqlTimes;
import io.campanile.persistence.StateRows;
import io.campanile.persistence.Store;
import io.campanile.persistence.UuidTimes;
import io.campanile.persistence.eligibility.FactsJson;

import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/// Messages on PostgreSQL. A message's create time is the one in its id.
public final class JdbiMessages implements Messages {
    private final Store store;

    public JdbiMessages(Store store) {
        this.store = store;
    }

    private static final String LIST_FROM =
            """
            SELECT m.message_id, m.execution_id, c.workspace_id, c.chosen_id, m.revision, m.identity_namespace,
              m.identity_value, COALESCE(m.address, (
                SELECT d.facts::json ->> 'to'
                FROM message_decision d
                WHERE m.address IS NULL AND d.message_id = m.message_id)) AS address, s.state, s.reason, s.attempts, s.reply_code, s.enhanced_code, s.state_time,
              m.expire_time, q.due_time, e.metadata
            FROM message m
            JOIN campaign c ON c.campaign_id = m.campaign_id
            JOIN message_state s ON s.message_id = m.message_id
            LEFT JOIN message_queue q ON q.message_id = m.message_id
            LEFT JOIN execution e ON e.execution_id = m.execution_id
            WHERE c.workspace_id = :workspace
            """;

    // Absent conditions are null and fold away when the statement is planned.
    private static final String LIST_WHERE =
            """
              AND (:campaign::text IS NULL OR c.chosen_id = :campaign)
              AND (:namespace::text IS NULL OR m.identity_namespace = :namespace
                AND (m.identity_value = :identity OR :isEmail AND lower(m.identity_value) = ANY (:spellings)))
              AND (cardinality(:states::text[]) = 0 OR s.state = ANY (:states::text[]))
              AND (cardinality(:reasons::text[]) = 0 OR s.reason = ANY (:reasons::text[]))
              AND (:message::uuid IS NULL OR m.message_id = :message::uuid)
              AND (:first::uuid IS NULL OR m.message_id >= :first::uuid)
              AND (:end::uuid IS NULL OR m.message_id < :end::uuid)
              AND (:after::uuid IS NULL OR m.message_id < :after::uuid)
            ORDER BY m.message_id DESC
            LIMIT :limit
            """;

    private static final String OF_CALL =
            """
            AND m.message_id = ANY (ARRAY(
              SELECT unnest(x.message_ids) FROM execution x WHERE x.execution_id = :execution))
            """;

    // Read in the order of its index, so that a page costs a page, however many there are.
    private static final String OF_BROADCAST =
            "AND m.execution_id = :execution AND m.payload IS NULL";

    private static final String IS_BROADCAST =
            "SELECT audience IS NOT NULL FROM execution WHERE execution_id = :execution";

    @Override
    public Optional<MessageView> find(WorkspaceId workspace, MessageId message) {
        return select(
                        new MessageQuery(
                                workspace, null, null, null, Set.of(), Set.of(), null, null, null,
                                1),
                        message.value())
                .stream()
                .findFirst();
    }

    @Override
    public List<MessageView> list(MessageQuery query) {
        return select(query, null);
    }

    private List<MessageView> select(MessageQuery query, @Nullable UUID message) {
        Identity identity = query.identity();
        return store.inStatement(handle ->
                handle.createQuery(LIST_FROM + ofExecution(handle, query.execution()) + LIST_WHERE)
                        .bind("workspace", query.workspace().value())
                        .bind(
                                "campaign",
                                query.campaign() == null ? null : query.campaign().campaign())
                        .bind(
                                "execution",
                                query.execution() == null ? null : query.execution().value())
                        .bind("namespace", identity == null ? null : identity.namespace())
                        .bind("identity", identity == null ? null : identity.value())
                        .bind("isEmail", identity != null && identity.emailAddress().isPresent())
                        .bind(
                                "spellings",
                                SqlArrays.texts(
                                        identity == null ? Set.of() : identity.spellings(),
                                        spelling -> spelling))
                        .bind("states", SqlArrays.texts(query.states(), Enum::name))
                        .bind("reasons", SqlArrays.texts(query.reasons(), Enum::name))
                        .bind("message", message)
                        .bind("first", bound(query.from()))
                        .bind("end", bound(query.to()))
                        .bind("after", query.after() == null ? null : query.after().value())
                        .bind("limit", query.limit())
                        .map((row, _) -> view(row))
                        .list());
    }

    private static String ofExecution(Handle handle, @Nullable ExecutionId execution) {
        if (execution == null) {
            return "";
        }
        return handle.createQuery(IS_BROADCAST)
                        .bind("execution", execution.value())
                        .mapTo(Boolean.class)
                        .findOne()
                        .orElse(false)
                ? OF_BROADCAST
                : OF_CALL;
    }

    /// The first id whose time, in milliseconds, is not before the given one.
    private static @Nullable UUID bound(@Nullable Instant time) {
        return time == null ? null : UuidTimes.lowest(SqlTimes.comparable(time).plusNanos(999_999));
    }

    private static MessageView view(ResultSet row) throws SQLException {
        UUID id = row.getObject("message_id", UUID.class);
        return new MessageView(
                new MessageId(id),
                new ExecutionId(row.getObject("execution_id", UUID.class)),
                new CampaignName(
                        new WorkspaceId(row.getString("workspace_id")), row.getString("chosen_id")),
                row.getInt("revision"),
                new Identity(row.getString("identity_namespace"), row.getString("identity_value")),
                StateRows.address(row),
                StateRows.kind(row),
                StateRows.reason(row),
                row.getInt("attempts"),
                reply(row),
                UuidTimes.timeOf(id),
                StateRows.time(row, "state_time"),
                StateRows.time(row, "expire_time"),
                StateRows.optionalTime(row, "due_time"),
                Metadata.parse(row.getString("metadata")));
    }

    private static final String EVENTS =
            """
            SELECT number, state, reason, attempts, reply_code, enhanced_code, time AS state_time
            FROM message_event
            WHERE message_id = :message
            ORDER BY number
            """;

    private static final String STATE =
            """
            SELECT state, reason, attempts, reply_code, enhanced_code, state_time
            FROM message_state
            WHERE message_id = :message
            """;

    @Override
    public List<MessageEvent> events(MessageId message) {
        return store.inTransaction(handle -> {
            Optional<MessageEvent> last =
                    handle.createQuery(STATE)
                            .bind("message", message.value())
                            .map((row, _) -> event(row, 0))
                            .findOne();
            if (last.isEmpty()) {
                return List.of();
            }
            var events = new ArrayList<MessageEvent>();
            events.add(acceptance(message));
            events.addAll(
                    handle.createQuery(EVENTS)
                            .bind("message", message.value())
                            .map((row, _) -> event(row, row.getInt("number")))
                            .list());
            if (!last.get().state().isOpen()) {
                events.add(numbered(last.get(), events.size()));
            }
            return events;
        });
    }

    private static final String DECISION =
            """
            SELECT facts, reason, decide_time
            FROM message_decision
            WHERE message_id = :message
            """;

    @Override
    public Optional<DecisionRecord> decision(WorkspaceId workspace, MessageId message) {
        return store.inStatement(handle ->
                handle.createQuery(DECISION)
                        .bind("message", message.value())
                        .map((row, _) ->
                                new DecisionRecord(
                                        FactsJson.read(workspace, row.getString("facts")),
                                        StateRows.reason(row),
                                        StateRows.time(row, "decide_time")))
                        .findOne());
    }

    private static MessageEvent acceptance(MessageId message) {
        return new MessageEvent(
                0,
                MessageState.Kind.ACCEPTED,
                null,
                0,
                ProviderReply.NONE,
                UuidTimes.timeOf(message.value()));
    }

    private static MessageEvent event(ResultSet row, int number) throws SQLException {
        return new MessageEvent(
                number,
                StateRows.kind(row),
                StateRows.reason(row),
                row.getInt("attempts"),
                reply(row),
                StateRows.time(row, "state_time"));
    }

    private static MessageEvent numbered(MessageEvent event, int number) {
        return new MessageEvent(
                number,
                event.state(),
                event.reason(),
                event.attempts(),
                event.reply(),
                event.time());
    }

    private static ProviderReply reply(ResultSet row) throws SQLException {
        return new ProviderReply(row.getInt("reply_code"), row.getString("enhanced_code"));
    }
}
