package io.campanile.application.broadcast;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.application.broadcast.port.Broadcasts;
import io.campanile.application.store.NodeClock;
import io.campanile.application.store.StoreUnavailable;
import io.campanile.application.store.port.Transactions;
import io.campanile.application.trigger.port.NewExecution;
import io.campanile.domain.broadcast.FanOutState;
import io.campanile.domain.campaign.CampaignControl.Delivery;
import io.campanile.domain.message.Lane;
import io.campanile.domain.message.MessageState;
import io.campanile.domain.profile.Identity;
import io.campanile.testkit.message.BroadcastScene;
import io.campanile.testkit.message.InMemoryStore;
import io.campanile.testkit.message.StoreUnderTest;
import io.campanile.testkit.store.InMemoryTransactions;
import io.campanile.testkit.store.SettableTime;

import org.junit.jupiter.api.Test;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;

/// One node looks again and again: at what waits, not each time.
class FanOutTest extends BroadcastScene {
    private final SettableTime time = new SettableTime(now);
    private final InMemoryStore store = new InMemoryStore(time);
    private final Transactions transactions = new InMemoryTransactions();
    private final ExecutionTrail trail = new ExecutionTrail(store.auditEntries(), UUID::randomUUID);
    private final FanOut fanOut =
            new FanOut(
                    store.broadcasts(),
                    store.broadcastPauses(),
                    transactions,
                    trail,
                    NodeClock.believed(time),
                    Runnable::run);

    @Override
    protected StoreUnderTest store() {
        return store;
    }

    @Override
    protected Transactions transactions() {
        return transactions;
    }

    private FanOutState stateAfter(Duration duration, NewExecution execution) {
        time.advance(duration);
        fanOut.run();
        return state(execution);
    }

    @Test
    void goesOnWithinASecondOfAResumption() {
        NewExecution execution = broadcast(3);
        store.broadcastPauses().pause(execution.id());
        fanOut.run();
        store.broadcastPauses().resume(execution.id(), now);

        assertThat(stateAfter(Duration.ofMillis(999), execution)).isEqualTo(FanOutState.WAITING);
        assertThat(stateAfter(Duration.ofMillis(1), execution)).isEqualTo(FanOutState.WRITTEN);
    }

    @Test
    void goesOnWithinASecondOfItsCampaign() {
        NewExecution execution = broadcast(3);
        control(true, Delivery.HOLD);
        fanOut.run();
        control(true, Delivery.DELIVER);

        assertThat(stateAfter(Duration.ofMillis(999), execution)).isEqualTo(FanOutState.WAITING);
        assertThat(stateAfter(Duration.ofMillis(1), execution)).isEqualTo(FanOutState.WRITTEN);
    }

    @Test
    void looksAfterHalfASecondWhetherThereIsRoomAgain() {
        NewExecution execution = broadcast(10_500);
        fanOut.run();
        settle(600, new MessageState.Sent(now));

        assertThat(stateAfter(Duration.ofMillis(499), execution)).isEqualTo(FanOutState.WRITING);
        assertThat(stateAfter(Duration.ofMillis(1), execution)).isEqualTo(FanOutState.WRITTEN);
    }

    @Test
    void looksAsSoonAsItsRateAllowsMore() {
        NewExecution execution = broadcast(2, trigger -> trigger.rate(4));
        fanOut.run();

        assertThat(stateAfter(Duration.ofMillis(249), execution)).isEqualTo(FanOutState.WRITING);
        assertThat(stateAfter(Duration.ofMillis(1), execution)).isEqualTo(FanOutState.WRITTEN);
    }

    @Test
    void letsNoBroadcastExpireByATimeThatMayBeWrong() {
        NewExecution execution = broadcast(3);
        var jumped = new AtomicBoolean(true);
        var careful =
                new FanOut(
                        store.broadcasts(),
                        store.broadcastPauses(),
                        transactions,
                        trail,
                        new NodeClock(time, () -> false, jumped::get),
                        Runnable::run);

        time.advance(Duration.ofDays(365));
        careful.run();
        assertThat(state(execution)).isEqualTo(FanOutState.WAITING);

        jumped.set(false);
        time.advance(Duration.ofSeconds(1));
        careful.run();
        assertThat(state(execution)).isEqualTo(FanOutState.EXPIRED);
    }

    @Test
    void restsNoLongerWhenTheClockIsSetBack() {
        NewExecution execution = broadcast(3);
        time.advance(Duration.ofMinutes(40));
        store.broadcastPauses().pause(execution.id());
        fanOut.run();
        store.broadcastPauses().resume(execution.id(), now);

        assertThat(stateAfter(Duration.ofMinutes(-40), execution)).isEqualTo(FanOutState.WRITTEN);
    }

    @Test
    void restsAsLongAsItTookInVainToBegin() {
        NewExecution execution = broadcast(3);
        var slow =
                new FanOut(
                        takingTenMinutesInVain(),
                        store.broadcastPauses(),
                        transactions,
                        trail,
                        NodeClock.believed(time),
                        Runnable::run);
        slow.run();

        time.advance(Duration.ofMinutes(9));
        slow.run();
        assertThat(time.instant()).isEqualTo(now.plus(Duration.ofMinutes(19)));
        time.advance(Duration.ofMinutes(1));
        slow.run();
        assertThat(time.instant()).isEqualTo(now.plus(Duration.ofMinutes(30)));
        assertThat(state(execution)).isEqualTo(FanOutState.WAITING);
    }

    private Broadcasts takingTenMinutesInVain() {
        return (Broadcasts)
                Proxy.newProxyInstance(
                        Broadcasts.class.getClassLoader(),
                        new Class<?>[] {Broadcasts.class},
                        (_, method, arguments) -> {
                            if (method.getName().equals("begin")) {
                                time.advance(Duration.ofMinutes(10));
                                throw new StoreUnavailable(
                                        "slow", new IllegalStateException("by the test's will"));
                            }
                            return method.invoke(store.broadcasts(), arguments);
                        });
    }

    @Test
    void beginsAtItsTimeAndEndsSoonAfterItsCampaignWasStopped() {
        NewExecution soon = scheduledIn(Duration.ofMillis(3_210));
        NewExecution late = scheduledIn(Duration.ofDays(20));
        fanOut.run();
        assertThat(stateAfter(Duration.ofMillis(3_209), soon)).isEqualTo(FanOutState.WAITING);
        assertThat(stateAfter(Duration.ofMillis(1), soon)).isEqualTo(FanOutState.WRITTEN);

        control(false, Delivery.CANCEL);

        assertThat(stateAfter(Duration.ofMillis(1), late)).isEqualTo(FanOutState.WAITING);
        assertThat(stateAfter(Duration.ofSeconds(5), late)).isEqualTo(FanOutState.STOPPED);
    }

    private NewExecution scheduledIn(Duration ahead) {
        store.addAudience(audience, List.of(List.of(new Identity("crmId", "1"))));
        return stored(
                trigger(campaign, now.plus(ahead)).lane(Lane.MARKETING).to(audience, "crmId"));
    }
}
