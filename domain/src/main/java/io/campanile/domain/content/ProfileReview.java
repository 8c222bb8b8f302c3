package io.campanile.domain.content;

import io.campanile.domain.schema.AttributeCheck;
import io.campanile.domain.schema.AttributeExpectation;
import io.campanile.domain.schema.AttributeSchema;
import io.campanile.domain.schema.AttributeType;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// Compares what content wants to know of people with what the workspace's schema lets be known: a
/// misspelt name would else show with the first message.
public final class ProfileReview {
    private static final List<String> ITSELF = List.of();
    private static final String DECLARATIONS = "declared_fields";
    private static final String AS_IT_IS =
            "Use it as what it is. A section over a single value needs its type declared.";

    private final AttributeCheck schema;
    private final List<Finding> findings = new ArrayList<>();

    private ProfileReview(AttributeSchema schema) {
        this.schema = new AttributeCheck(schema);
    }

    /// Errors only. What has a default may be unknown, but not be of another type; what is below it
    /// is not looked at.
    public static List<Finding> of(
            EmailContent content, List<DeclaredField> declared, AttributeSchema schema) {
        var review = new ProfileReview(schema);
        review.look(ContractReader.of(content, declared).profile(), ITSELF);
        return List.copyOf(review.findings);
    }

    private void look(FoundField field, List<String> path) {
        if (!path.isEmpty() && field.isOfContract()) {
            compare(field, path);
        }
        if (field.hasDefault()) {
            return;
        }
        field.fields()
                .forEach((name, part) ->
                        look(part, Stream.concat(path.stream(), Stream.of(name)).toList()));
        FoundField inside = field.elementIfAny();
        if (inside != null && field.type() == FieldType.ANY && isMap(path)) {
            look(inside, path);
        }
    }

    /// A section over a map goes into it, where one over a list goes through its elements.
    private boolean isMap(List<String> path) {
        return !path.isEmpty()
                && schema.expectation(path) instanceof AttributeExpectation.OfType(var type)
                && type == AttributeType.MAP;
    }

    private void compare(FoundField field, List<String> path) {
        switch (schema.expectation(path)) {
            case AttributeExpectation.Anything() -> {}
            case AttributeExpectation.Unknown() ->
                    addUnknown(field, path, " is no attribute of the workspace's schema.");
            case AttributeExpectation.BelowNoMap(var parent, var type) ->
                    addUnknown(
                            field,
                            path,
                            " cannot be: by the workspace's schema profile.%s is a %s."
                                    .formatted(String.join(".", parent), type));
            case AttributeExpectation.OfType(var type) -> compare(field, path, type);
        }
    }

    /// Of another type it would be wrong for everybody who has it, whatever the default.
    private void compare(FoundField field, List<String> path, AttributeType type) {
        boolean hasParts = type == AttributeType.LIST || type == AttributeType.MAP;
        if (!field.type().mayBe(type)) {
            add(
                    DECLARATIONS,
                    field.path(),
                    mistaken("declared " + field.type(), type),
                    "Declare the type that the schema has, or change the schema.");
        } else if (hasParts && field.isPrinted()) {
            add(place(field), name(field, path), mistaken("printed", type), AS_IT_IS);
        } else if (!hasParts && field.isList()) {
            add(place(field), name(field, path), mistaken("a list", type), AS_IT_IS);
        }
    }

    private void addUnknown(FoundField field, List<String> path, String problem) {
        if (!field.hasDefault()) {
            add(
                    place(field),
                    name(field, path),
                    problem,
                    "Name an attribute of the schema, add it there, or declare a default.");
        }
    }

    private static String mistaken(String use, AttributeType type) {
        return " cannot be %s: by the workspace's schema it is a %s.".formatted(use, type);
    }

    private static String place(FoundField field) {
        return field.firstUse().isEmpty() ? DECLARATIONS : field.firstUse();
    }

    /// As it stands where the finding is.
    private static String name(FoundField field, List<String> path) {
        return field.firstUse().isEmpty() ? field.path() : "profile." + String.join(".", path);
    }

    private void add(String place, String name, String problem, String advice) {
        findings.add(
                new Finding(
                        Finding.Level.ERROR,
                        Finding.Code.PROFILE_ATTRIBUTE_UNKNOWN,
                        place,
                        name + problem,
                        advice));
    }
}
