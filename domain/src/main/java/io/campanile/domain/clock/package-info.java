/// What all nodes assume of each other's clocks.
@org.jspecify.annotations.NullMarked
package io.campanile.domain.clock;
