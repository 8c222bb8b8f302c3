/// One recipient's message: where it stands, what an attempt said, and what follows from it.
@org.jspecify.annotations.NullMarked
package io.campanile.domain.message;
