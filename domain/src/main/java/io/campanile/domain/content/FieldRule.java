package io.campanile.domain.content;

import org.jspecify.annotations.Nullable;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What a contract asks of one variable, made to be checked tens of thousands of times a second:
/// paths are written only when something is wrong.
final class FieldRule {
    private final String name;
    private final String path;
    private final FieldType type;

    /// A template prints it or something below it, wherever what it stands in is there; or it is on
    /// the way to what the author asks for.
    private final boolean needed;

    /// The author asks for it, whatever the templates need.
    private final boolean required;

    /// A template prints it, so that it must be a single value.
    private final boolean printed;

    private final List<FieldRule> fields;
    private final @Nullable FieldRule element;
    private final @Nullable Object defaultValue;
    private final boolean defaultsBelow;

    /// The default with those of what is below it.
    private final @Nullable Object wholeDefault;

    FieldRule(
            String name,
            String path,
            FieldType type,
            boolean needed,
            boolean required,
            boolean printed,
            List<FieldRule> fields,
            @Nullable FieldRule element,
            @Nullable Object defaultValue) {
        this.name = name;
        this.path = path;
        this.type = type;
        this.needed = needed;
        this.required = required;
        this.printed = printed;
        this.fields = fields;
        this.element = element;
        this.defaultValue = defaultValue;
        this.defaultsBelow =
                fields.stream().anyMatch(FieldRule::hasDefaults)
                        || (element != null && element.hasDefaults());
        this.wholeDefault = defaultValue == null ? null : withDefaultsBelow(defaultValue);
    }

    private boolean hasDefaults() {
        return defaultValue != null || defaultsBelow;
    }

    /// What keeps the templates from using the default as they use the trigger's values.
    List<Violation> checkDefault() {
        var violations = new Violations();
        path.chars().filter(c -> c == '[').forEach(_ -> violations.enter(Violations.NO_LIST));
        check(defaultValue, violations);
        return violations.found();
    }

    void check(@Nullable Object value, Violations violations) {
        if (value == null || isNoObject(value)) {
            checkMissing("is required", violations);
            return;
        }
        if ((required || defaultValue != null) && isBlank(value)) {
            checkMissing("is required and must not be blank", violations);
            return;
        }
        String problem = ValueTypes.problem(type, value);
        if (problem == null && printed) {
            problem = ValueTypes.printingProblem(value);
        }
        if (problem != null) {
            violations.add(path, Violation.Problem.WRONG_TYPE, problem);
            return;
        }
        if (!fields.isEmpty()) {
            checkFields(value, violations);
        }
        if (element != null) {
            checkElements(element, value, violations);
        }
    }

    /// Blanks count as missing where the author requires the field or gives a default for it; of
    /// other fields, the caller decides.
    private static boolean isBlank(@Nullable Object value) {
        return value instanceof String text && Blanks.isBlank(text);
    }

    /// Sections are left out for `false` and an empty text. So in place of an object, which
    /// templates make of the field although no author declares it, these are as good as nothing.
    private boolean isNoObject(@Nullable Object value) {
        return type == FieldType.ANY && !fields.isEmpty() && isNo(value);
    }

    private static boolean isNo(@Nullable Object value) {
        return Boolean.FALSE.equals(value) || "".equals(value);
    }

    private void checkMissing(String description, Violations violations) {
        if (defaultValue != null) {
            return;
        }
        if (required || (needed && fields.isEmpty())) {
            violations.add(path, Violation.Problem.MISSING, description);
        } else if (needed) {
            checkFields(Map.of(), violations);
        }
    }

    private void checkFields(Object value, Violations violations) {
        if (!(value instanceof Map<?, ?> object)) {
            violations.add(path, Violation.Problem.WRONG_TYPE, "must be an object");
            return;
        }
        for (FieldRule field : fields) {
            field.check(object.get(field.name), violations);
        }
    }

    private void checkElements(FieldRule rule, Object value, Violations violations) {
        switch (value) {
            case List<?> list -> {
                for (int index = 0; index < list.size(); index++) {
                    violations.enter(index);
                    rule.check(list.get(index), violations);
                    violations.leave();
                }
            }
            case Map<?, ?> _ when type == FieldType.ANY -> {
                violations.enter(Violations.NO_LIST);
                rule.check(value, violations);
                violations.leave();
            }
            case Boolean _, String _ when type == FieldType.ANY && isNo(value) -> {}
            default ->
                    violations.add(
                            path,
                            Violation.Problem.WRONG_TYPE,
                            type == FieldType.ANY
                                    ? "must be a list or an object; where it is a single value, the"
                                            + " campaign declares its type"
                                    : "must be a list or an object");
        }
    }

    /// The value with the defaults filled in where the trigger had none, or a blank text; the same
    /// object when there is nothing to fill in.
    @Nullable Object withDefaults(@Nullable Object value) {
        Object given = isNoObject(value) ? null : value;
        if (wholeDefault != null && (given == null || isBlank(given))) {
            return wholeDefault;
        }
        return withDefaultsBelow(given);
    }

    private @Nullable Object withDefaultsBelow(@Nullable Object value) {
        if (!defaultsBelow) {
            return value;
        }
        return switch (value) {
            case null -> needed && !fields.isEmpty() ? fill(Map.of()) : null;
            case Map<?, ?> object when element != null && fields.isEmpty() ->
                    element.withDefaults(object);
            case Map<?, ?> object -> fill(object);
            case List<?> list when element != null -> fill(element, list);
            default -> value;
        };
    }

    /// As [#withDefaults], for a root.
    Map<String, Object> rootWithDefaults(Map<String, Object> root) {
        if (!defaultsBelow) {
            return root;
        }
        var filled = new LinkedHashMap<>(root);
        fillIn(filled);
        return filled;
    }

    private Map<?, ?> fill(Map<?, ?> object) {
        var filled = new LinkedHashMap<Object, Object>(object);
        fillIn(filled);
        return filled;
    }

    private void fillIn(Map<? super String, Object> object) {
        for (FieldRule field : fields) {
            Object value = field.withDefaults(object.get(field.name));
            if (value != null) {
                object.put(field.name, value);
            }
        }
    }

    private static List<?> fill(FieldRule rule, List<?> list) {
        return list.stream().<@Nullable Object>map(rule::withDefaults).toList();
    }
}
