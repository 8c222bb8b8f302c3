/// Which attributes people may have.
@org.jspecify.annotations.NullMarked
package io.campanile.domain.schema;
