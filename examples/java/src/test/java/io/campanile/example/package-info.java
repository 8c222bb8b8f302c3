/// Tests of what the example promises.
@NullMarked
package io.campanile.example;

import org.jspecify.annotations.NullMarked;
