package io.campanile.persistence.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.application.content.PayloadOpener;
import io.campanile.application.message.port.MessageQuery;
import io.campanile.application.message.port.MessageSlice;
import io.campanile.application.message.port.MessageView;
import io.campanile.application.receipt.ReceiptResult;
import io.campanile.application.receipt.RecordReceipts;
import io.campanile.application.store.port.Transactions;
import io.campanile.application.suppression.SuppressBounced;
import io.campanile.application.trigger.port.NewExecution;
import io.campanile.domain.campaign.StopCounts;
import io.campanile.domain.channel.EmailAddress;
import io.campanile.domain.message.MessageId;
import io.campanile.domain.message.MessageState;
import io.campanile.domain.profile.Erasure;
import io.campanile.domain.profile.Identity;
import io.campanile.domain.profile.PersonNames;
import io.campanile.domain.profile.ProfileId;
import io.campanile.domain.receipt.Receipt;
import io.campanile.domain.receipt.ReceiptKind;
import io.campanile.domain.suppression.BounceRule;
import io.campanile.domain.workspace.WorkspaceId;
import io.campanile.persistence.RowsRead;
import io.campanile.persistence.StoreExtension;
import io.campanile.persistence.campaign.JdbiCampaignControls;
import io.campanile.persistence.erasure.JdbiMessageErasures;
import io.campanile.persistence.message.JdbiMessages;
import io.campanile.persistence.store.JdbiTransactions;
import io.campanile.persistence.suppression.JdbiBounceCounts;
import io.campanile.persistence.suppression.JdbiSuppressions;
import io.campanile.testkit.message.BroadcastScene;
import io.campanile.testkit.message.StoreUnderTest;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/// Statements about some messages read those, and not all that are kept: in their partitions stands
/// a month of them.
class KeptMessagesIT extends BroadcastScene {
    private static final int SOME = 200;
    private static final int KEPT = 4_000;

    /// A message and its state, and what the planner finds them by.
    private static final long MOST_READS_FOR_A_MESSAGE = 4;

    @RegisterExtension static final StoreExtension STORE = new StoreExtension();

    private static final String ALL_SETTLE =
            "UPDATE message_state SET state = 'SENT', reason = NULL, attempts = 1;"
                    + " DELETE FROM message_queue";

    /// So that being of one says little.
    private static final String ALL_ARE_OF_BROADCASTS = "UPDATE message SET payload = NULL";

    @Override
    protected StoreUnderTest store() {
        return STORE.store();
    }

    @Override
    protected Transactions transactions() {
        return new JdbiTransactions(STORE.database().store());
    }

    @BeforeEach
    void keepMany() {
        for (int stored = 0; stored < KEPT; stored += 200) {
            stored(trigger().recipients(200));
        }
        execute(ALL_SETTLE);
    }

    private static void execute(String statements) {
        STORE.database().store().inTransaction(handle -> handle.createScript(statements).execute());
    }

    @Test
    void stopsLookAtWhatMayBeInHandOver() {
        stored(trigger().recipients(SOME));
        assertThat(claim(node, List.of(campaign), SOME, now)).hasSize(SOME);
        stored(trigger().recipients(SOME));

        readsLittle(() ->
                assertThat(new JdbiCampaignControls(STORE.database().store()).countOpen(campaign))
                        .isEqualTo(new StopCounts(2 * SOME, 0)));
    }

    @Test
    void canariesCountTheirSample() {
        execute(ALL_ARE_OF_BROADCASTS);
        NewExecution execution = broadcast(SOME);
        fanOut();

        readsLittle(() ->
                assertThat(store().broadcasts().sample(execution.id()).all()).isEqualTo(SOME));
    }

    /// From the look-up of a message to the state it is moved to.
    @Test
    void receiptsReadTheirMessages() {
        NewExecution execution = broadcast(SOME);
        fanOut();
        settle(SOME, new MessageState.Sent(now));
        List<MessageId> ids = messages(execution.id()).stream().map(MessageView::id).toList();
        var record =
                new RecordReceipts(
                        store().receipts(),
                        new SuppressBounced(
                                new JdbiBounceCounts(STORE.database().store()),
                                new JdbiSuppressions(STORE.database().store()),
                                new BounceRule(5),
                                UUID::randomUUID),
                        transactions(),
                        () -> now);
        analyze();

        long read =
                readBy(() ->
                        assertThat(record.record(WorkspaceId.DEFAULT, bounces(ids), false))
                                .containsAll(
                                        ids.stream()
                                                .map(id ->
                                                        new ReceiptResult.Recorded(
                                                                id,
                                                                MessageState.Kind.BOUNCED,
                                                                false))
                                                .toList()));

        assertThat(read).isBetween((long) SOME, 2 * SOME * MOST_READS_FOR_A_MESSAGE);
    }

    private List<Receipt> bounces(List<MessageId> messages) {
        return messages.stream()
                .map(id -> new Receipt(id, "r", ReceiptKind.BOUNCED, "5.1.1", "", now))
                .toList();
    }

    @Test
    void erasuresLookForWhatIsOpen() {
        stored(trigger().recipients(SOME));
        Erasure nobody = nobody();

        readsLittle(() -> assertThat(store().erasures().begin(nobody)).isZero());
    }

    /// However many there are.
    @Test
    void erasuresLookOnceForWhatIsOpenAndOnceAtAllThatIsKept() {
        var erasures =
                new JdbiMessageErasures(
                        STORE.database().store(),
                        new PayloadOpener(store().codec(), store().sealer()));
        stored(trigger().recipients(SOME));
        for (int begun = 0; begun < 6; begun++) {
            erasures.begin(nobody());
        }

        readsLittle(() -> assertThat(erasures.goOn(now, _ -> {})).isGreaterThanOrEqualTo(6));
        long read = readBy(() -> assertThat(erasures.goOn(now.plusSeconds(600), _ -> {})).isZero());

        // Where a step ends, and what it has; and what is open.
        assertThat(read).isBetween(kept(), 2 * kept() + SOME * MOST_READS_FOR_A_MESSAGE);
    }

    private static long kept() {
        return STORE.database()
                .store()
                .inStatement(handle ->
                        handle.createQuery("SELECT count(*) FROM message").mapTo(Long.class).one());
    }

    @Test
    void listsOfWhatIsRareLookAtSome() {
        // A page takes five looks.
        var messages = new JdbiMessages(STORE.database().store(), SOME / 4);

        readsLittle(() -> {
            MessageSlice slice = messages.list(of(new Identity("crmId", "nobody")));
            assertThat(slice.messages()).isEmpty();
            assertThat(slice.next()).isNotNull();
        });
        readsLittle(() -> {
            MessageSlice slice = messages.ofPerson(nobody().names(), null, 10);
            assertThat(slice.messages()).isEmpty();
            assertThat(slice.next()).isNotNull();
        });
    }

    @Test
    void listsOfWhatIsRareComeToTheOldest() {
        MessageId oldest = ids(stored(trigger().identity("rare@example.com"))).getFirst();
        keepMany();
        var messages = new JdbiMessages(STORE.database().store(), KEPT / 10);
        List<MessageView> found = new ArrayList<>();
        MessageId place = null;
        do {
            MessageSlice slice =
                    messages.list(of(new Identity("email", "rare@example.com"), place));
            found.addAll(slice.messages());
            place = slice.next();
        } while (found.isEmpty() && place != null);

        assertThat(found).extracting(MessageView::id).containsExactly(oldest);
    }

    private static MessageQuery of(Identity identity) {
        return of(identity, null);
    }

    private static MessageQuery of(Identity identity, @Nullable MessageId after) {
        return new MessageQuery(
                WorkspaceId.DEFAULT,
                null,
                null,
                identity,
                Set.of(),
                Set.of(),
                null,
                null,
                after,
                10);
    }

    private Erasure nobody() {
        return new Erasure(
                new PersonNames(
                        new ProfileId(UUID.randomUUID()),
                        WorkspaceId.DEFAULT,
                        Set.of(new Identity("crmId", "nobody")),
                        Set.of(new EmailAddress("nobody@example.com")),
                        Set.of("work.email")),
                now);
    }

    private static void readsLittle(Runnable action) {
        analyze();

        assertThat(readBy(action)).isBetween((long) SOME, SOME * MOST_READS_FOR_A_MESSAGE);
    }

    private static void analyze() {
        for (String table : List.of("message", "message_state", "message_queue")) {
            STORE.database()
                    .store()
                    .inStatement(handle -> handle.execute("VACUUM ANALYZE " + table));
        }
    }

    private static long readBy(Runnable action) {
        return RowsRead.by(STORE.database().store(), "message(_state)?_[0-9]{8}", action);
    }
}
