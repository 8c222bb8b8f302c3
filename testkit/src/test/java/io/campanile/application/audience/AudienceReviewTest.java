package io.campanile.application.audience;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.application.access.ChangeCall;
import io.campanile.application.access.Changes;
import io.campanile.domain.access.Actor;
import io.campanile.domain.audience.AudienceName;
import io.campanile.domain.audience.MemberReference;
import io.campanile.domain.audience.ReviewedAudience;
import io.campanile.domain.workspace.WorkspaceId;
import io.campanile.testkit.access.InMemoryAuditEntries;
import io.campanile.testkit.audience.InMemoryAudienceRules;
import io.campanile.testkit.audience.InMemoryAudiences;
import io.campanile.testkit.profile.InMemoryProfiles;
import io.campanile.testkit.store.InMemoryChangeSignal;
import io.campanile.testkit.store.InMemoryRequestLog;
import io.campanile.testkit.store.InMemoryTransactions;
import io.campanile.testkit.store.SettableTime;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.UUID;

class AudienceReviewTest {
    private static final ChangeCall CALL = ChangeCall.by(Actor.SYSTEM);
    private static final AudienceName READERS = new AudienceName(WorkspaceId.DEFAULT, "readers");
    private static final AudienceName RULED = new AudienceName(WorkspaceId.DEFAULT, "ruled");

    private final InMemoryAudiences audiences = new InMemoryAudiences(new InMemoryProfiles());
    private final AudienceReview review =
            new AudienceReview(audiences, new InMemoryAudienceRules());
    private final ManageAudiences manage =
            new ManageAudiences(
                    audiences,
                    review,
                    new Changes(
                            new InMemoryTransactions(),
                            new InMemoryRequestLog(),
                            new InMemoryAuditEntries(),
                            new InMemoryChangeSignal(),
                            new SettableTime(Instant.parse("2026-03-01T12:00:00Z")),
                            UUID::randomUUID));

    @BeforeEach
    void setTheScene() {
        manage.create(READERS, new AudienceEdit("", "", ""), CALL);
        manage.create(RULED, new AudienceEdit("", "", "member('readers')"), CALL);
    }

    private ReviewedAudience reviewed() {
        return review.review(RULED).orElseThrow();
    }

    @Test
    void findsARuleThatMatchesNobody() {
        assertThat(reviewed().isEmpty()).isTrue();
        assertThat(reviewed().dangling()).isEmpty();
        assertThat(review.review(new AudienceName(WorkspaceId.DEFAULT, "nothing"))).isEmpty();
    }

    @Test
    void findsThatAnAudienceOfItsRuleIsGone() {
        manage.delete(READERS, CALL);

        assertThat(reviewed().dangling()).containsExactly(new MemberReference("readers", 1, 7));
    }

    @Test
    void findsThatAnAudienceOfItsRuleHasARuleByNow() {
        manage.update(READERS, _ -> new AudienceEdit("", "", "true"), CALL);

        assertThat(reviewed().dangling()).hasSize(1);
    }

    @Test
    void letsTheWordsBeChangedWhateverBecameOfTheRule() {
        manage.delete(READERS, CALL);

        assertThat(manage.update(RULED, known -> new AudienceEdit("Ruled", "", known.rule()), CALL))
                .isInstanceOf(AudienceResult.Done.class);
        assertThat(manage.update(RULED, _ -> new AudienceEdit("", "", "!member('readers')"), CALL))
                .isInstanceOf(AudienceResult.RuleInvalid.class);
    }
}
