/// A client of the API, as an application would write it.
@NullMarked
package io.campanile.example;

import org.jspecify.annotations.NullMarked;
