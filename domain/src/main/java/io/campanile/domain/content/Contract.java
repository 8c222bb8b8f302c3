package io.campanile.domain.content;

import io.campanile.domain.profile.ProfileLookup;

import java.util.List;
import java.util.Map;

/// Which variables a content needs from every trigger, derived from its templates and from what its
/// author declared. A path is required when a template uses it outside of every section over that
/// path, or the author says so; below something optional, it is required when that is there. All
/// that is optional above something required is among the fields. Immutable.
public final class Contract {
    private final FieldRule context;
    private final FieldRule profile;
    private final List<ContractField> fields;

    Contract(FieldRule context, FieldRule profile, List<ContractField> fields) {
        this.context = context;
        this.profile = profile;
        this.fields = List.copyOf(fields);
    }

    /// The contract of a content; what its templates have wrong is left to [ContentReview].
    public static Contract of(EmailContent content, List<DeclaredField> declared) {
        return ContractReader.of(content, declared).freeze();
    }

    /// Every variable of `context` and `profile`, in the order of declaration and use.
    public List<ContractField> fields() {
        return fields;
    }

    /// The variables as calls meet them: what may be known of the person is not required of a call.
    public List<ContractField> fieldsOfCalls(ProfileLookup lookup) {
        return lookup == ProfileLookup.NONE
                ? fields
                : fields.stream()
                        .map(field -> field.isOfProfile() ? field.optional() : field)
                        .toList();
    }

    /// Paths whose values are never logged or shown, and erased once the message has settled.
    public List<String> sensitivePaths() {
        return fields.stream().filter(ContractField::sensitive).map(ContractField::path).toList();
    }

    /// What the data of one recipient lacks or has wrong; empty when it can be rendered.
    public List<Violation> check(Map<String, Object> context, Map<String, Object> profile) {
        var violations = new Violations();
        this.context.check(context, violations);
        this.profile.check(profile, violations);
        return violations.found();
    }

    /// What is wrong with the profile of one recipient; empty when it can be rendered.
    public List<Violation> checkProfile(Map<String, Object> profile) {
        var violations = new Violations();
        this.profile.check(profile, violations);
        return violations.found();
    }

    /// Whether the content or a declaration names anything of the profile.
    public boolean readsProfile() {
        return fields.stream().anyMatch(ContractField::isOfProfile);
    }

    /// The context with declared defaults where it has no value of its own.
    public Map<String, Object> contextWithDefaults(Map<String, Object> context) {
        return this.context.rootWithDefaults(context);
    }

    /// The profile with declared defaults where it has no value of its own.
    public Map<String, Object> profileWithDefaults(Map<String, Object> profile) {
        return this.profile.rootWithDefaults(profile);
    }
}
