\
\
#\
include <ferrule/test.h>
??/
"\