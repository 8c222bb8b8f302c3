/// The real server as a process of its own, for tests that break it.
@NullMarked
package io.campanile.server.testing;

import org.jspecify.annotations.NullMarked;
