package io.campanile.persistence.eligibility;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.campanile.domain.channel.Channel;
import io.campanile.domain.consent.Purpose;
import io.campanile.domain.eligibility.Addressee;
import io.campanile.domain.eligibility.Eligibility;
import io.campanile.domain.eligibility.Facts;
import io.campanile.domain.eligibility.Occasion;
import io.campanile.domain.workspace.WorkspaceId;
import io.campanile.testkit.eligibility.GeneratedFacts;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Instant;
import java.util.SplittableRandom;

class FactsJsonTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    private static Facts nothing(String topic) {
        return Facts.nothing(
                new Occasion(WorkspaceId.DEFAULT, Channel.EMAIL, Purpose.MARKETING, topic),
                new Addressee(null, null));
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 5, 8, 13, 21, 34})
    void explainLaterWhatWasDecided(long seed) {
        var generated = new GeneratedFacts(new SplittableRandom(seed), NOW);
        for (int round = 0; round < 500; round++) {
            Facts facts = generated.next();

            Facts kept = FactsJson.read(WorkspaceId.DEFAULT, FactsJson.write(facts));

            assertThat(kept).isEqualTo(facts);
            assertThat(Eligibility.decide(kept, NOW)).isEqualTo(Eligibility.decide(facts, NOW));
            assertThat(Eligibility.explain(kept, NOW)).isEqualTo(Eligibility.explain(facts, NOW));
        }
    }

    @Test
    void areShortWhereNothingIsKnown() {
        assertThat(FactsJson.write(nothing("")))
                .isEqualTo("{\"v\":1,\"channel\":\"EMAIL\",\"purpose\":\"MARKETING\"}");
    }

    @Test
    void areReadPastMembersOfALaterServer() {
        assertThat(
                        FactsJson.read(
                                WorkspaceId.DEFAULT,
                                "{\"v\":1,\"purpose\":\"MARKETING\",\"topic\":\"news\",\"moon\":1}"))
                .isEqualTo(nothing("news"));
    }

    @Test
    void areNotReadWhenTheirMeaningMayHaveChanged() {
        assertThatThrownBy(() -> FactsJson.read(WorkspaceId.DEFAULT, "{\"v\":2}"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("facts of version 2");
    }
}
