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
    }

    private void compare(FoundField field, List<String> path) {
        switch (schema.expectation(path)) {
            case AttributeExpectation.Anything() -> {}
            case AttributeExpectation.Unknown() ->
                    addUnknown(field, " is no attribute of the workspace's schema.");
            case AttributeExpectation.BelowNoMap(var parent, var type) ->
                    addUnknown(
                            field,
                            " cannot be: by the workspace's schema profile.%s is a %s."
                                    .formatted(String.join(".", parent), type));
            case AttributeExpectation.OfType(var type) -> compare(field, type);
        }
    }

    /// Of another type it would be wrong for everybody who has it, whatever the default.
    private void compare(FoundField field, AttributeType type) {
        boolean hasParts = type == AttributeType.LIST || type == AttributeType.MAP;
        if (!field.type().mayBe(type)) {
            addMistaken(field, type, "declared " + field.type());
        } else if (hasParts && field.isPrinted()) {
            addMistaken(field, type, "printed");
        } else if (!hasParts && field.isList()) {
            addMistaken(field, type, "a list");
        }
    }

    private void addUnknown(FoundField field, String problem) {
        if (!field.hasDefault()) {
            add(
                    field,
                    problem,
                    "Name an attribute of the schema, add it there, or declare a default.");
        }
    }

    private void addMistaken(FoundField field, AttributeType type, String use) {
        add(
                field,
                " cannot be %s: by the workspace's schema it is a %s.".formatted(use, type),
                "Use it as what it is. A section over a single value needs its type declared.");
    }

    private void add(FoundField field, String problem, String advice) {
        findings.add(
                new Finding(
                        Finding.Level.ERROR,
                        Finding.Code.PROFILE_ATTRIBUTE_UNKNOWN,
                        field.firstUse().isEmpty() ? "declared_fields" : field.firstUse(),
                        field.path() + problem,
                        advice));
    }
}
