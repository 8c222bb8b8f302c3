package io.campanile.bench;

import com.google.protobuf.Duration;

import io.campanile.v1.FrequencyCap;
import io.campanile.v1.QuietHours;
import io.campanile.v1.RuleSet;

import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

/// The rules that bind the broadcasts: a cap that only [Reader#CAPPED] have reached, and hours that
/// are quiet now where [Reader#ASLEEP] live.
final class BroadcastRules {
    static final int CAP = 20;

    /// East of Greenwich, and so half a day away from the others.
    private static final ZoneOffset ASLEEP = ZoneOffset.ofHours(12);

    private BroadcastRules() {}

    static RuleSet at(Instant now) {
        LocalTime there = LocalTime.ofInstant(now, ASLEEP).truncatedTo(ChronoUnit.MINUTES);
        return RuleSet.newBuilder()
                .setDisplayName("Benchmark")
                .addFrequencyCaps(
                        FrequencyCap.newBuilder()
                                .setMaxMessages(CAP)
                                .setDuration(Duration.newBuilder().setSeconds(86_400)))
                .addQuietHours(
                        QuietHours.newBuilder()
                                .setStart(there.minusHours(1).toString())
                                .setEnd(there.plusHours(5).toString())
                                .setBehaviour(QuietHours.Behaviour.BEHAVIOUR_DISCARD))
                .build();
    }
}
