/// The tenant boundary.
@org.jspecify.annotations.NullMarked
package io.campanile.domain.workspace;
