package io.campanile.application.trigger;

import io.campanile.application.campaign.CampaignLookup;
import io.campanile.application.campaign.CampaignSnapshots;
import io.campanile.domain.campaign.CampaignName;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// Triggers that the control row refused, although by what was known of their campaigns they were
/// to be accepted: somebody was faster. A change of a busy campaign overtakes whole batches, so
/// that what the campaign is now is looked up once for all that wait. Thread-safe.
final class OvertakenTriggers {
    /// A few batches of the intake. What does not find room is to come again.
    private static final int MOST = 2_048;

    /// One of them.
    ///
    /// @param goOn given the campaign as it is after the refusal
    private record Overtaken(
            CampaignName campaign, Consumer<TriggerResult> answer, Consumer<CampaignLookup> goOn) {}

    private final CampaignSnapshots snapshots;
    private final AnswersElsewhere elsewhere;
    private final BlockingQueue<Overtaken> waiting = new LinkedBlockingQueue<>(MOST);
    private final AtomicBoolean looking = new AtomicBoolean();

    OvertakenTriggers(CampaignSnapshots snapshots, AnswersElsewhere elsewhere) {
        this.snapshots = snapshots;
        this.elsewhere = elsewhere;
    }

    /// Goes on with the trigger on another thread, or answers it.
    void add(CampaignName campaign, Consumer<TriggerResult> answer, Consumer<CampaignLookup> goOn) {
        if (waiting.offer(new Overtaken(campaign, answer, goOn))) {
            lookUnlessSomebodyDoes();
        } else {
            answer.accept(new TriggerResult.CampaignChanging());
        }
    }

    private void lookUnlessSomebodyDoes() {
        if (looking.compareAndSet(false, true)) {
            elsewhere.run(this::lookUp);
        }
    }

    private void lookUp() {
        try {
            List<Overtaken> all = new ArrayList<>();
            waiting.drainTo(all);
            all.stream().collect(Collectors.groupingBy(Overtaken::campaign)).forEach(this::lookUp);
        } finally {
            looking.set(false);
            if (!waiting.isEmpty()) {
                lookUnlessSomebodyDoes();
            }
        }
    }

    private void lookUp(CampaignName campaign, List<Overtaken> triggers) {
        Supplier<CampaignLookup> found = found(campaign);
        triggers.forEach(
                each -> elsewhere.goOn(each.answer(), () -> each.goOn().accept(found.get())));
    }

    /// What keeps it from being looked up is everybody's answer.
    private Supplier<CampaignLookup> found(CampaignName campaign) {
        try {
            CampaignLookup found = snapshots.find(campaign);
            return () -> found;
        } catch (RuntimeException | Error e) {
            return () -> {
                throw e;
            };
        }
    }
}
