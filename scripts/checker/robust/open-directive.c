#if 1
int x;
#define A(