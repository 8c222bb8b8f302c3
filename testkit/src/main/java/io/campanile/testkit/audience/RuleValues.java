package io.campanile.testkit.audience;

import dev.cel.common.values.NullValue;

import io.campanile.domain.profile.Profile;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// A profile as CEL sees it.
final class RuleValues {
    private RuleValues() {}

    static Map<String, Object> of(Profile profile) {
        return Map.of(
                "attributes",
                value(profile.details().attributes().values()),
                "locale",
                profile.details().locale(),
                "time_zone",
                profile.details().timeZone(),
                "create_time",
                profile.createTime(),
                "update_time",
                profile.updateTime());
    }

    private static Object value(@Nullable Object value) {
        return switch (value) {
            case null -> NullValue.NULL_VALUE;
            // The run time tells the negative zero from an integer's zero, CEL does not.
            case Number number -> number.doubleValue() + 0.0;
            case List<?> list -> list.stream().map(RuleValues::value).toList();
            case Map<?, ?> map ->
                    map.entrySet().stream()
                            .collect(
                                    Collectors.toMap(
                                            Map.Entry::getKey, entry -> value(entry.getValue())));
            default -> value;
        };
    }
}
