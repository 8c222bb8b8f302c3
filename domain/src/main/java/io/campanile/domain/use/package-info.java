/// Which campaigns depend on something, so that it cannot be taken away from them.
@org.jspecify.annotations.NullMarked
package io.campanile.domain.use;
