import { lingui } from '@lingui/vite-plugin';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** Where `npx vite` finds a running server while one works on the portal. */
const server = process.env['RINGSIDE_URL'] ?? 'http://127.0.0.1:8080';

export default defineConfig({
  root: 'src/web',
  plugins: [lingui({ macroTransform: true, failOnMissing: true, failOnCompileError: true }), react()],
  build: {
    outDir: '../../dist/web',
    emptyOutDir: true,
    // The portal's Content-Security-Policy allows no data: scripts or fonts, so nothing is inlined.
    assetsInlineLimit: 0,
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            { name: 'react', test: /node_modules[\\/](react|react-dom|scheduler|@tanstack)[\\/]/ },
            { name: 'mantine', test: /node_modules[\\/](@mantine|@floating-ui)[\\/]/ },
          ],
        },
      },
    },
  },
  server: { host: '127.0.0.1', proxy: { '/v1': { target: server, ws: true } } },
  preview: { host: '127.0.0.1', proxy: { '/v1': { target: server, ws: true } } },
});
