/// One node: everything wired together, started and stopped in order.
@NullMarked
package io.campanile.server.node;

import org.jspecify.annotations.NullMarked;
