package io.campanile.domain.trigger;

/// What is wrong with one field, without the value it has.
///
/// @param field the path in the request, such as `recipients[3].context.order.id`
/// @param description for people
public record FieldViolation(String field, ViolationReason reason, String description) {
    /// The same violation seen from one level further out.
    public FieldViolation within(String outer) {
        return new FieldViolation(outer + "." + field, reason, description);
    }
}
