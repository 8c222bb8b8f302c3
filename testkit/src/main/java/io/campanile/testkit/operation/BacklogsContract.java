package io.campanile.testkit.operation;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.application.operation.port.Backlog;
import io.campanile.domain.message.Lane;
import io.campanile.testkit.message.StoreScene;

import org.junit.jupiter.api.Test;

import java.util.List;

/// What every [io.campanile.application.operation.port.Backlogs] must do.
public abstract class BacklogsContract extends StoreScene {
    @Test
    void countsWhatWaitsInEachLane() {
        List<Backlog> before = store().backlogs().count(now);
        stored(trigger().lane(Lane.MARKETING).dueTime(now.plusSeconds(9)));
        stored(trigger().lane(Lane.MARKETING).dueTime(now));
        stored(trigger().lane(Lane.MARKETING).kept(now.minusSeconds(1)));

        List<Backlog> after = store().backlogs().count(now);

        assertThat(after).extracting(Backlog::lane).containsExactly(Lane.values());
        assertThat(after.getFirst()).isEqualTo(before.getFirst());
        assertThat(after.getLast().open()).isEqualTo(before.getLast().open() + 3);
        assertThat(after.getLast().due()).isEqualTo(before.getLast().due() + 1);
        assertThat(after.getLast().oldestDueTime()).isEqualTo(now);
    }

    @Test
    void knowsNoOldestWhereNothingIsDue() {
        Backlog marketing = store().backlogs().count(now.minusSeconds(3600)).getLast();

        assertThat(marketing).isEqualTo(new Backlog(Lane.MARKETING, marketing.open(), 0, null));
    }
}
