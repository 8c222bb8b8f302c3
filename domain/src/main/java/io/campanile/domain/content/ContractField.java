package io.campanile.domain.content;

/// One variable of a campaign's contract.
///
/// @param path such as `context.order.id`; `context.items[].name` for a field of a list's elements
/// @param type `ANY` for a value that may be a string, a number or a boolean, or anything where it
///   is not printed
/// @param required whether a trigger must carry it; below something optional: when that is there
/// @param sensitive never logged, never shown, erased once the message has settled
/// @param printed whether a template prints it, so that it must be a single value
/// @param example JSON, empty for none
/// @param defaultValue JSON, empty for none
public record ContractField(
        String path,
        FieldType type,
        boolean required,
        boolean sensitive,
        boolean printed,
        String example,
        String defaultValue) {
    /// Whether it is known of a person, and not only of a message.
    public boolean isOfProfile() {
        return path.startsWith("profile.");
    }

    ContractField optional() {
        return new ContractField(path, type, false, sensitive, printed, example, defaultValue);
    }
}
