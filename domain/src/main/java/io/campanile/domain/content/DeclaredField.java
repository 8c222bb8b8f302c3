package io.campanile.domain.content;

/// What an author says about one variable beyond what the templates show.
///
/// @param path such as `context.order.id` or `profile.firstName`
/// @param required whether a trigger without it, or with a blank text, is refused even if no
///   template needs it
/// @param sensitive never logged, never shown, erased once the message has settled
/// @param example shown in the contract's ready-made calls, JSON; empty for none
/// @param defaultValue used when the trigger has no value or a blank text, JSON; empty for none
public record DeclaredField(
        String path,
        FieldType type,
        boolean required,
        boolean sensitive,
        String example,
        String defaultValue) {}
