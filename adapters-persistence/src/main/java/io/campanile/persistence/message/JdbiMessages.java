package io.campanile.persistence.message;

import io.campanile.application.message.port.MessageEvent;
import io.campanile.application.message.port.MessageQuery;
import io.campanile.application.message.port.MessageSlice;
import io.campanile.application.message.port.MessageView;
import io.campanile.application.message.port.Messages;
import io.campanile.domain.campaign.CampaignName;
import io.campanile.domain.eligibility.DecisionRecord;
import io.campanile.domain.message.ExecutionId;
import io.campanile.domain.message.MessageId;
import io.campanile.domain.profile.Identity;
import io.campanile.domain.profile.PersonNames;
import io.campanile.domain.profile.ProfileId;
import io.campanile.domain.workspace.WorkspaceId;
import io.campanile.persistence.KeyedPlans;
import io.campanile.persistence.RowTimes;
import io.campanile.persistence.SqlArrays;
import io.campanile.persistence.StateRows;
import io.campanile.persistence.Store;
import io.campanile.persistence.eligibility.FactsJson;
import io.campanile.persistence.erasure.ErasureRows;

import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/// Messages on PostgreSQL. A message's create time is the one in its id.
public final class JdbiMessages implements Messages {
    /// More would not be answered in time.
    private static final int LOOKED_AT_ONCE = 20_000;

    private final Store store;
    private final MessageWalk walk;

    public JdbiMessages(Store store) {
        this(store, LOOKED_AT_ONCE);
    }

    /// @param atOnce how many messages a statement looks at, where they are not heavy
    public JdbiMessages(Store store, int atOnce) {
        this.store = store;
        this.walk = new MessageWalk(store, atOnce);
    }

    private static final String EXECUTION_OF =
            "SELECT execution_id FROM message WHERE message_id = :message";

    private static final String ONE =
            MessageRows.select("k.message_id = :message", "k.execution_id = :execution")
                    + "AND c.workspace_id = :workspace AND m.message_id = :message";

    /// Two statements, so that each knows the days of all that it looks up.
    @Override
    public Optional<MessageView> find(WorkspaceId workspace, MessageId message) {
        return store.inStatement(handle ->
                handle.createQuery(EXECUTION_OF)
                        .bind("message", message.value())
                        .mapTo(UUID.class)
                        .findOne()
                        .flatMap(execution ->
                                KeyedPlans.anew(handle.createQuery(ONE))
                                        .bind("workspace", workspace.value())
                                        .bind("message", message.value())
                                        .bind("execution", execution)
                                        .map((row, _) -> MessageRows.view(row))
                                        .findOne()));
    }

    // Absent conditions are null and fold away when the statement is planned.
    private static final String WANTED =
            """
            AND c.workspace_id = :workspace
              AND (:campaign::text IS NULL OR c.chosen_id = :campaign)
              AND (:namespace::text IS NULL OR m.identity_namespace = :namespace
                AND (m.identity_value = :identity OR :isEmail AND lower(m.identity_value) = ANY (:spellings)))
              AND (cardinality(:states::text[]) = 0 OR s.state = ANY (:states::text[]))
              AND (cardinality(:reasons::text[]) = 0 OR s.reason = ANY (:reasons::text[]))
            """;

    private static final String OF_CALL =
            """
            AND m.message_id = ANY (ARRAY(
              SELECT unnest(x.message_ids) FROM execution x WHERE x.execution_id = :execution))
            """;

    // Read in the order of its index, so that a page costs a page, however many there are.
    private static final String OF_BROADCAST =
            "AND m.execution_id = :execution AND m.payload IS NULL ";

    private static final String IS_BROADCAST =
            "SELECT audience IS NOT NULL FROM execution WHERE execution_id = :execution";

    @Override
    public MessageSlice list(MessageQuery query) {
        ExecutionId execution = query.execution();
        return walk.from(
                MessageWalk.Range.of(query),
                execution == null
                        ? MessageWalk.Part.ALL
                        : new MessageWalk.Part(
                                isBroadcast(execution) ? OF_BROADCAST : OF_CALL,
                                Map.of("execution", execution.value())),
                new MessageWalk.Wanted(WANTED, statement -> bind(statement, query)),
                query.limit());
    }

    private boolean isBroadcast(ExecutionId execution) {
        return store.inStatement(handle ->
                handle.createQuery(IS_BROADCAST)
                        .bind("execution", execution.value())
                        .mapTo(Boolean.class)
                        .findOne()
                        .orElse(false));
    }

    private static Query bind(Query statement, MessageQuery query) {
        CampaignName campaign = query.campaign();
        Identity identity = query.identity();
        return statement
                .bind("workspace", query.workspace().value())
                .bind("campaign", campaign == null ? null : campaign.campaign())
                .bind("namespace", identity == null ? null : identity.namespace())
                .bind("identity", identity == null ? null : identity.value())
                .bind("isEmail", identity != null && identity.emailAddress().isPresent())
                .bind(
                        "spellings",
                        SqlArrays.texts(
                                identity == null ? Set.of() : identity.spellings(),
                                spelling -> spelling))
                .bind("states", SqlArrays.texts(query.states(), Enum::name))
                .bind("reasons", SqlArrays.texts(query.reasons(), Enum::name));
    }

    @Override
    public MessageSlice ofPerson(PersonNames names, @Nullable MessageId after, int limit) {
        return walk.from(
                MessageWalk.Range.after(after),
                MessageWalk.Part.ALL,
                new MessageWalk.Wanted(
                        "AND " + ErasureRows.NAMES_PERSON + " ",
                        statement -> ErasureRows.bind(statement, names)),
                limit);
    }

    @Override
    public List<MessageEvent> events(MessageId message) {
        return store.inTransaction(handle -> EventRows.of(handle, message));
    }

    @Override
    public Map<MessageId, List<MessageEvent>> happened(Collection<MessageId> messages) {
        List<MessageId> sorted = messages.stream().sorted().toList();
        return sorted.isEmpty()
                ? Map.of()
                : store.inStatement(handle -> EventRows.happened(handle, sorted));
    }

    // What is kept of a duplicate is no decision: nothing but who was written to instead.
    private static final String DECISION =
            """
            SELECT facts, reason, decide_time
            FROM message_decision
            WHERE message_id = :message AND reason IS DISTINCT FROM 'DUPLICATE_RECIPIENT'
            """;

    @Override
    public Optional<DecisionRecord> decision(WorkspaceId workspace, MessageId message) {
        return store.inStatement(handle ->
                handle.createQuery(DECISION)
                        .bind("message", message.value())
                        .map((row, _) ->
                                FactsJson.read(
                                        workspace,
                                        row.getString("facts"),
                                        StateRows.reason(row),
                                        RowTimes.time(row, "decide_time")))
                        .findOne());
    }

    private static final String WRITTEN_INSTEAD =
            """
            SELECT i.profile_id
            FROM message_decision d
            JOIN profile_identity i ON i.profile_id = CASE WHEN d.reason = 'DUPLICATE_RECIPIENT'
              THEN (d.facts::json ->> 'writtenInstead')::uuid END
            WHERE d.message_id = :message
            LIMIT 1
            """;

    @Override
    public Optional<ProfileId> writtenInstead(MessageId message) {
        return store.inStatement(handle ->
                handle.createQuery(WRITTEN_INSTEAD)
                        .bind("message", message.value())
                        .mapTo(UUID.class)
                        .map(ProfileId::new)
                        .findOne());
    }
}
