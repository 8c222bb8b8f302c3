/// How long tests wait.
@org.jspecify.annotations.NullMarked
package io.campanile.testkit.time;
