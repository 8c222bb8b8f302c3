/// Bad requests to every method, each with the answer that it must get.
@NullMarked
package io.campanile.grpc.badinput;

import org.jspecify.annotations.NullMarked;
