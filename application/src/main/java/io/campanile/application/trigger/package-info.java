/// From a trigger call to committed messages.
@org.jspecify.annotations.NullMarked
package io.campanile.application.trigger;
