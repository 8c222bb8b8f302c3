package io.campanile.application.delivery;

import io.campanile.application.delivery.port.DueCampaign;
import io.campanile.application.store.Rests;
import io.campanile.domain.campaign.CampaignId;
import io.campanile.domain.channel.ChannelConfigurationId;
import io.campanile.domain.message.Lane;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;

/// Whose turn it is to be claimed for: whatever is wrong with what waits for one provider, the
/// others get theirs. Not thread-safe.
final class ClaimTurns {
    /// How long what failed is left alone, and the others get their turn.
    static final Duration AFTER_FAILURE = Duration.ofSeconds(2);

    /// At most, where the store fails one turn again and again: codes may be among what waits.
    private static final Duration LONGEST_REST = Duration.ofSeconds(10);

    /// Turns that failed.
    private final Rests<Turn> passedOver = new Rests<>(AFTER_FAILURE, LONGEST_REST);

    /// Turns that the store failed, and has not served since: they come last. The store may be away
    /// for all then, so that they do not rest.
    private final SequencedSet<Turn> last = new LinkedHashSet<>();

    /// Whether the store has served a turn in this round, and since one failed in it.
    private boolean storeServes;

    /// What waits in one lane for one provider.
    record Turn(Lane lane, ChannelConfigurationId configuration) {}

    /// Begins a round, in which nobody knows yet whether the store serves.
    void begin() {
        storeServes = false;
    }

    /// The turns of what is due, but for those that are passed over.
    Map<Turn, List<CampaignId>> of(Collection<DueCampaign> campaigns, Instant now) {
        Map<Turn, List<CampaignId>> byTurn = new HashMap<>();
        for (DueCampaign due : campaigns) {
            byTurn.computeIfAbsent(
                            new Turn(due.lane(), due.configuration()), _ -> new ArrayList<>())
                    .add(due.campaign());
        }
        last.retainAll(byTurn.keySet());
        byTurn.keySet().removeAll(passedOver.resting(now));
        return byTurn;
    }

    /// Whether a turn comes after all others.
    boolean isLast(Turn turn) {
        return last.contains(turn);
    }

    /// The turns that come after all others, as they are now.
    List<Turn> last() {
        return List.copyOf(last);
    }

    /// Notes that the store served a turn.
    ///
    /// @param some whether anything was claimed: that there is nothing to claim does not tell that
    ///   the store serves what there is
    void served(Turn turn, boolean some) {
        storeServes |= some;
        last.remove(turn);
        passedOver.succeeded(turn);
    }

    /// Leaves a turn alone for a moment.
    void passOver(Turn turn, Instant now) {
        passedOver.rest(turn, AFTER_FAILURE, now);
    }

    /// Puts a turn last that the store failed. When the store has just served another turn, it is
    /// not away, and what waits for this provider may be damaged or locked: then this turn rests as
    /// well.
    ///
    /// @return whether it rests; otherwise the store may be away for all
    boolean putLast(Turn turn, Instant now) {
        last.remove(turn);
        last.add(turn);
        if (!storeServes) {
            return false;
        }
        storeServes = false;
        passedOver.failed(turn, now);
        return true;
    }
}
