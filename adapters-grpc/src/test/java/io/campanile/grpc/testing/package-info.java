/// The server over fakes, and what tests need to call it.
@NullMarked
package io.campanile.grpc.testing;

import org.jspecify.annotations.NullMarked;
