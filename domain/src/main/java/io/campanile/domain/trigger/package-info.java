/// What a trigger asks for, and what each of its recipients is told.
@org.jspecify.annotations.NullMarked
package io.campanile.domain.trigger;
