/// What triggers start.
@org.jspecify.annotations.NullMarked
package io.campanile.domain.execution;
