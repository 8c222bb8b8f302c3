package io.campanile.grpc.ruleset;

import io.campanile.domain.ruleset.QuietHours;
import io.campanile.grpc.call.Enums;

import java.time.DayOfWeek;
import java.time.LocalTime;
import java.util.EnumSet;
import java.util.Set;

/// Quiet hours between protobuf and the domain.
final class QuietHoursProtos {
    private QuietHoursProtos() {}

    static io.campanile.v1.QuietHours proto(QuietHours hours) {
        var proto =
                io.campanile.v1.QuietHours.newBuilder()
                        .setStart(hours.start().toString())
                        .setEnd(hours.end().toString())
                        .setBehaviour(
                                Enums.proto(
                                        io.campanile.v1.QuietHours.Behaviour.class,
                                        "BEHAVIOUR_",
                                        hours.behaviour()));
        hours.days().stream()
                .sorted()
                .forEach(day ->
                        proto.addDays(
                                Enums.proto(io.campanile.v1.QuietHours.Day.class, "DAY_", day)));
        return proto.build();
    }

    static QuietHours hours(io.campanile.v1.QuietHours proto) {
        Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
        proto.getDaysList().forEach(day -> days.add(DayOfWeek.of(day.getNumber())));
        return new QuietHours(
                LocalTime.parse(proto.getStart()),
                LocalTime.parse(proto.getEnd()),
                days,
                behaviour(proto.getBehaviour()));
    }

    private static QuietHours.Behaviour behaviour(io.campanile.v1.QuietHours.Behaviour behaviour) {
        return switch (behaviour) {
            case BEHAVIOUR_UNSPECIFIED, BEHAVIOUR_QUEUE, UNRECOGNIZED -> QuietHours.Behaviour.QUEUE;
            case BEHAVIOUR_DISCARD -> QuietHours.Behaviour.DISCARD;
        };
    }
}
